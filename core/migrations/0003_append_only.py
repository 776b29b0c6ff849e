from django.db import migrations

# Other rooms hang this function on their own tables, so that what was recorded once can
# neither be changed nor deleted, whoever asks. TRUNCATE (tests) is left alone.
REFUSE = """
CREATE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER core_event_append_only BEFORE UPDATE OR DELETE ON core_event
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""
ALLOW = """
DROP TRIGGER core_event_append_only ON core_event;
DROP FUNCTION core_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_vn_fold")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
