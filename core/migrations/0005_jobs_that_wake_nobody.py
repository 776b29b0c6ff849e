from django.db import migrations

# Waking the worker (NOTIFY) makes every transaction that does it wait for the one before
# it to reach the disk, and each visit with photos asks for a job. What has a priority below
# zero can wait until the worker looks by itself.
TRIGGER = """
DROP TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 ON procrastinate_jobs;
CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1
    AFTER INSERT ON procrastinate_jobs FOR EACH ROW
    WHEN (NEW.status = 'todo'::procrastinate_job_status{})
    EXECUTE FUNCTION procrastinate_notify_queue_job_inserted_v1();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_uses_are_counted"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(TRIGGER.format(" AND NEW.priority >= 0"), TRIGGER.format(""))
    ]
