"""Stock is the sum of its movements, kept and checked where they are written."""

from django.db import migrations

# One movement of a run after the other: nobody counts on copies that are being taken.
# (NO KEY, because the row that is written holds a share of that lock already.)
MOVEMENT = """
CREATE FUNCTION handbooks_count_movement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    out_there bigint;
BEGIN
    PERFORM FROM handbooks_printrun
        WHERE id = NEW.run_id AND cancelled_at IS NULL FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a cancelled print run has no copies'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.kind = 'returned' THEN
        SELECT sum(CASE kind WHEN 'given' THEN copies ELSE -copies END) INTO out_there
            FROM handbooks_movement
            WHERE run_id = NEW.run_id AND event_id = NEW.event_id;
        IF out_there < 0 THEN
            RAISE EXCEPTION 'more copies brought back than were handed out'
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.from_place_id IS NOT NULL THEN
        UPDATE handbooks_stock SET copies = copies - NEW.copies
            WHERE run_id = NEW.run_id AND place_id = NEW.from_place_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'there are no copies of this run at that place'
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.to_place_id IS NOT NULL THEN
        INSERT INTO handbooks_stock AS s (run_id, place_id, copies)
            VALUES (NEW.run_id, NEW.to_place_id, NEW.copies)
            ON CONFLICT (run_id, place_id)
            DO UPDATE SET copies = s.copies + EXCLUDED.copies;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER handbooks_count_movement AFTER INSERT ON handbooks_movement
    FOR EACH ROW EXECUTE FUNCTION handbooks_count_movement();
CREATE TRIGGER handbooks_movement_append_only
    BEFORE UPDATE OR DELETE ON handbooks_movement
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""

STOCK = """
CREATE FUNCTION handbooks_check_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'stock is counted by its movements'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER handbooks_check_stock
    BEFORE INSERT OR UPDATE OR DELETE ON handbooks_stock
    FOR EACH ROW EXECUTE FUNCTION handbooks_check_stock();
"""

# What was ordered stays as it was; its file is made once; it is cancelled once at most.
RUN = """
CREATE FUNCTION handbooks_check_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    made text[] := ARRAY['printed', 'sha256', 'bytes', 'made_at', 'problem'];
    ending text[] := ARRAY['cancelled_at', 'cancelled_by_id', 'cancelled_because'];
BEGIN
    IF TG_OP = 'DELETE'
        OR to_jsonb(OLD) - made - ending IS DISTINCT FROM to_jsonb(NEW) - made - ending
        OR OLD.made_at IS NOT NULL
            AND to_jsonb(OLD) - ending IS DISTINCT FROM to_jsonb(NEW) - ending
        OR OLD.cancelled_at IS NOT NULL
            AND to_jsonb(OLD) - made IS DISTINCT FROM to_jsonb(NEW) - made
    THEN
        RAISE EXCEPTION 'an order stays as it was given: it may be cancelled once'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.cancelled_at IS NULL AND NEW.cancelled_at IS NOT NULL
        AND EXISTS (SELECT FROM handbooks_movement WHERE run_id = OLD.id)
    THEN
        RAISE EXCEPTION 'copies of this run have come'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER handbooks_check_run BEFORE UPDATE OR DELETE ON handbooks_printrun
    FOR EACH ROW EXECUTE FUNCTION handbooks_check_run();
"""

DROP = """
DROP FUNCTION handbooks_count_movement() CASCADE;
DROP FUNCTION handbooks_check_stock() CASCADE;
DROP FUNCTION handbooks_check_run() CASCADE;
DROP TRIGGER handbooks_movement_append_only ON handbooks_movement;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("handbooks", "0005_print_runs_and_events"),
        ("core", "0003_append_only"),
    ]

    operations = [migrations.RunSQL(MOVEMENT + STOCK + RUN, reverse_sql=DROP)]
