# The registry as one image: web process, job worker and migrations differ by their command.
FROM python:3.11-slim-bookworm AS packages
COPY requirements/deploy.txt /tmp/
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check \
    --require-hashes --only-binary :all: -r /tmp/deploy.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    fonts-sil-andika fonts-inter fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin registry
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/var/lib/registry XDG_CACHE_HOME=/tmp
WORKDIR /app
COPY . .
RUN python -m core.words compile \
 && python manage.py collectstatic --noinput -v 0 \
 && install -d -o registry -g registry /var/lib/registry/media
USER registry
VOLUME /var/lib/registry/media
EXPOSE 8000
# gthread: photos come over slow links, and a thread that waits costs little.
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "8", "--timeout", "60", "--worker-tmp-dir", "/dev/shm", \
     "--no-control-socket", "--log-level", "warning"]
