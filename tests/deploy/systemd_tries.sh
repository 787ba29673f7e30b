# Run by a booted systemd, as `test_deploy_systemd.py` says: installs the units by docs/operating.md, and tries them.
# What it looks at it tells in lines that begin with TRIED.
tell() { echo "TRIED $1: $2"; }
shown() { systemctl show attune --value --property "$1"; }
cd /opt/attune || exit
install -m 644 deploy/attune.sysusers /usr/lib/sysusers.d/attune.conf && systemd-sysusers
install -m 644 deploy/attune*.service deploy/attune*.timer /etc/systemd/system/
install -d -m 700 /etc/attune
install -m 600 /tried/token /etc/attune/token
install -m 600 /tried/settings /etc/attune/settings
systemctl daemon-reload
systemctl enable --now attune attune-backup.timer attune-drill.timer
tell active "$(systemctl is-active attune)"
tell user "$(stat -c %U "/proc/$(shown MainPID)")"
tell gained "$(sed -n 's/^CapEff:\t//p' "/proc/$(shown MainPID)/status")"
sleep 10 # somebody is answered, and the index of places is made
systemctl start attune-backup
tell backup $?
tell copies "$(find /var/lib/attune-backups -name '*.db' | wc -l)"
systemctl start attune-drill
tell drill $?
systemctl reload attune
tell reload $?
sleep 2
tell timers "$(systemctl list-timers --all --no-legend 'attune-*' | wc -l)"
# a minute is long to wait for what is stuck
mkdir /run/systemd/system/attune.service.d
printf '[Service]\nWatchdogSec=15\n' >/run/systemd/system/attune.service.d/sooner.conf
systemctl daemon-reload
systemctl restart attune
kill -STOP "$(shown MainPID)"
for _ in $(seq 90); do
    [ "$(shown NRestarts)" = 0 ] || break
    sleep 1
done
tell restarts "$(shown NRestarts)"
for _ in $(seq 60); do
    [ "$(systemctl is-active attune)" != active ] || break
    sleep 1
done
tell after_the_watchdog "$(systemctl is-active attune)"
sleep 5
began=$(date +%s.%N)
systemctl stop attune
tell stopped_within "$(echo "$(date +%s.%N) $began" | awk '{ print $1 - $2 }')"
tell result "$(shown Result)"
journalctl --no-pager --output cat --unit attune --unit attune-backup --unit attune-drill
