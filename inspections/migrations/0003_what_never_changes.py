from django.db import migrations

REFUSE = """
CREATE FUNCTION inspections_version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'retired'
        AND (OLD.id, OLD.checklist, OLD.number, OLD.document, OLD.sha256,
             OLD.published_at, OLD.published_by_id)
        IS NOT DISTINCT FROM
            (NEW.id, NEW.checklist, NEW.number, NEW.document, NEW.sha256,
             NEW.published_at, NEW.published_by_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published checklist version never changes'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER inspections_version_is_frozen
    BEFORE UPDATE OR DELETE ON inspections_checklistversion
    FOR EACH ROW EXECUTE FUNCTION inspections_version_is_frozen();

CREATE FUNCTION inspections_item_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched jsonb[] := ARRAY[to_jsonb(OLD), to_jsonb(NEW)];
    line jsonb;
BEGIN
    FOREACH line IN ARRAY touched LOOP
        IF EXISTS (
            SELECT FROM inspections_checklistversion version
            WHERE version.state <> 'draft' AND version.id = coalesce(
                (line ->> 'version_id')::bigint,
                (SELECT item.version_id FROM inspections_item item
                 WHERE item.id = (line ->> 'item_id')::bigint))
        ) THEN
            RAISE EXCEPTION 'a published checklist version never changes'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER inspections_item_is_frozen
    BEFORE INSERT OR UPDATE OR DELETE ON inspections_item
    FOR EACH ROW EXECUTE FUNCTION inspections_item_is_frozen();
CREATE TRIGGER inspections_citation_is_frozen
    BEFORE INSERT OR UPDATE OR DELETE ON inspections_item_citations
    FOR EACH ROW EXECUTE FUNCTION inspections_item_is_frozen();
"""
ALLOW = """
DROP TRIGGER inspections_citation_is_frozen ON inspections_item_citations;
DROP TRIGGER inspections_item_is_frozen ON inspections_item;
DROP FUNCTION inspections_item_is_frozen();
DROP TRIGGER inspections_version_is_frozen ON inspections_checklistversion;
DROP FUNCTION inspections_version_is_frozen();
"""
APPEND_ONLY = ("submission", "roomresult", "return", "verification")


def append_only(table):
    name = f"inspections_{table}"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON {name} "
        "FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
        f"DROP TRIGGER {name}_append_only ON {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_append_only"),
        ("inspections", "0002_what_a_pack_brings"),
    ]

    operations = [migrations.RunSQL(REFUSE, ALLOW), *map(append_only, APPEND_ONLY)]
