"""When somebody is asked whether prompts may go deeper: each alone, seldom, and never again after a no.

Nothing here looks at the other's choice, so that no offer and no silence tells of it.
"""

from datetime import datetime, timedelta

from bot.practice.couple import Couple
from bot.practice.partner import DEPTHS, Partner

KEPT = 10  # rounds that the two have kept before the first offer
AGAIN_AFTER = timedelta(days=30)  # between two offers to one person


def is_due(couple: Couple, partner: Partner, now: datetime) -> bool:
    """Tell whether to ask somebody, who is there, whether prompts may go one step deeper."""
    lately = partner.deeper_at is not None and now - partner.deeper_at < AGAIN_AFTER
    wanted = not partner.deeper_no and partner.depth < max(DEPTHS) and not partner.away
    return couple.kept >= KEPT and wanted and not lately
