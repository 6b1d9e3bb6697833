# The site's image: web, worker, beat and commands are one image started in different ways.

FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements/runtime.txt /build/runtime.txt
RUN pip install --require-hashes --only-binary :all: --requirement /build/runtime.txt

FROM python:3.13-slim
LABEL org.opencontainers.image.title=coop4canada
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin coop4canada
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/coop4canada
COPY . .
# Collecting needs settings but neither a database nor a secret: the values below are used for nothing else.
RUN DJANGO_DEBUG=true DATABASE_URL=postgresql:///none REDIS_URL=redis:///none \
    python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q .
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "deploy/healthcheck.py", "web"]
# Strength and address come from granian's own variables, GRANIAN_…; docs/operations.md has them.
ENV GRANIAN_HOST=0.0.0.0 \
    GRANIAN_PORT=8000 \
    GRANIAN_WORKERS=2 \
    GRANIAN_BLOCKING_THREADS=8
CMD ["granian", "--interface", "wsgi", "--respawn-failed-workers", "--no-ws", "coop4canada.wsgi:application"]
