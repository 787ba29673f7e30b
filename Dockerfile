# Attune in a container: two volumes (data and key), a read-only root, nobody's rights.
# Built and run: docs/operating.md.
ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS build
WORKDIR /srv/attune
RUN python -m pip install --quiet --no-cache-dir uv
COPY pyproject.toml ./
# the environment first: words and code change more often than what they need
RUN UV_PROJECT_ENVIRONMENT=/srv/venv uv sync --quiet --no-dev --no-cache
COPY bot bot
COPY prompts prompts
COPY storage storage
# what a first start would make, where it may not write: compiled files, and the index of places
RUN python -m compileall -q bot prompts storage \
    && XDG_CACHE_HOME=/srv/cache /srv/venv/bin/python -c "from bot import places; places.prepare()"

FROM python:${PYTHON}-slim
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /nonexistent attune \
    && install -d -m 700 -o attune -g attune /data /key
COPY --from=build /srv /srv
WORKDIR /srv/attune
ENV PATH=/srv/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/srv/cache \
    ATTUNE_DATA=/data \
    ATTUNE_KEY_FILE=/key/keyring.json \
    ATTUNE_LOG_FORMAT=json \
    ATTUNE_STATUS=127.0.0.1:9464
USER attune
VOLUME ["/data", "/key"]
STOPSIGNAL SIGTERM
# asked of the running bot by the bot's own command: there is no curl in here
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["tini", "--", "python", "-m", "bot"]
