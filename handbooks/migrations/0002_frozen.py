"""What was saved stays, what was published is frozen; the database refuses it itself."""

from django.db import migrations

REVISION = """
CREATE TRIGGER handbooks_frozen BEFORE UPDATE OR DELETE ON handbooks_revision
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""

# Only what nobody has published can be taken back; published, it can be withdrawn, once.
EDITION = """
CREATE FUNCTION handbooks_check_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ending text[] := ARRAY['state', 'withdrawn_at', 'withdrawn_by_id', 'withdrawn_because'];
BEGIN
    IF OLD.state = 'prepared' THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' OR OLD.state <> 'published' OR NEW.state = 'prepared'
        OR to_jsonb(OLD) - ending IS DISTINCT FROM to_jsonb(NEW) - ending
    THEN
        RAISE EXCEPTION 'a published edition is frozen: it may be withdrawn once'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER handbooks_check_edition BEFORE UPDATE OR DELETE ON handbooks_edition
    FOR EACH ROW EXECUTE FUNCTION handbooks_check_edition();
"""

SECTION = """
CREATE FUNCTION handbooks_check_edition_section() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[] := CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.edition_id]
        WHEN 'DELETE' THEN ARRAY[OLD.edition_id]
        ELSE ARRAY[OLD.edition_id, NEW.edition_id]
    END;
BEGIN
    PERFORM FROM handbooks_edition WHERE id = ANY(touched) AND state <> 'prepared';
    IF FOUND THEN
        RAISE EXCEPTION 'a published edition is frozen, with all its sections'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER handbooks_check_edition_section
    BEFORE INSERT OR UPDATE OR DELETE ON handbooks_editionsection
    FOR EACH ROW EXECUTE FUNCTION handbooks_check_edition_section();
"""

CITATION = """
CREATE FUNCTION handbooks_check_citation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM handbooks_editionsection AS s
        JOIN handbooks_edition AS e ON e.id = s.edition_id AND e.state = 'prepared'
        WHERE s.id = OLD.edition_section_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'what a text cites is as frozen as the text'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER handbooks_check_citation
    BEFORE UPDATE OR DELETE ON handbooks_citation
    FOR EACH ROW EXECUTE FUNCTION handbooks_check_citation();
"""

# A printed file is made once: what is ready stays as it is.
FILE = """
CREATE FUNCTION handbooks_check_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'ready' THEN
        RAISE EXCEPTION 'a file that is ready is never made again: a reprint is the same'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER handbooks_check_file BEFORE UPDATE OR DELETE ON handbooks_editionfile
    FOR EACH ROW EXECUTE FUNCTION handbooks_check_file();
"""

DROP = """
DROP TRIGGER handbooks_frozen ON handbooks_revision;
DROP FUNCTION handbooks_check_edition() CASCADE;
DROP FUNCTION handbooks_check_edition_section() CASCADE;
DROP FUNCTION handbooks_check_citation() CASCADE;
DROP FUNCTION handbooks_check_file() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("handbooks", "0001_initial"),
        ("core", "0003_append_only"),
    ]

    operations = [
        migrations.RunSQL(
            REVISION + EDITION + SECTION + CITATION + FILE, reverse_sql=DROP
        )
    ]
