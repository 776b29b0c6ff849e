"""What is decided, issued or printed is never edited; the database refuses it itself."""

from django.db import migrations

DECISION = """
CREATE FUNCTION certificates_check_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM inspections_submission AS s
        JOIN inspections_visit AS v ON v.id = s.visit_id
        JOIN registry_room AS r ON r.id = NEW.room_id AND r.house_id = v.house_id
        WHERE s.id = NEW.submission_id
          AND s.accepted
          AND v.inspector_id = NEW.inspected_by_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a decision names the inspector of an accepted submission and a room of its house'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'certificates_decision_inspected_by';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certificates_check_decision BEFORE INSERT ON certificates_decision
    FOR EACH ROW EXECUTE FUNCTION certificates_check_decision();
"""

FROZEN = """
CREATE TRIGGER certificates_frozen BEFORE UPDATE OR DELETE ON certificates_decision
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER certificates_frozen BEFORE UPDATE OR DELETE ON certificates_print
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER certificates_frozen BEFORE UPDATE OR DELETE ON certificates_revokedkey
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER certificates_kept BEFORE DELETE ON certificates_certificate
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER certificates_kept BEFORE DELETE ON certificates_suspension
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""

# A certificate may be revoked once and replaced once; nothing else of it ever changes.
CERTIFICATE = """
CREATE FUNCTION certificates_check_certificate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM certificates_decision AS d
        WHERE d.id = NEW.decision_id
          AND d.room_id = NEW.room_id
          AND d.outcome = CASE WHEN NEW.conditional THEN 'conditional' ELSE 'certify' END;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a certificate says what its decision says'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'certificates_certificate_as_decided';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certificates_check_certificate BEFORE INSERT ON certificates_certificate
    FOR EACH ROW EXECUTE FUNCTION certificates_check_certificate();

CREATE FUNCTION certificates_end_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
BEGIN
    IF OLD.revoked_at IS NULL THEN
        before := before - ARRAY['revoked_at', 'revoked_by_id', 'revoked_because'];
        after := after - ARRAY['revoked_at', 'revoked_by_id', 'revoked_because'];
    END IF;
    IF OLD.superseded_at IS NULL THEN
        before := before - ARRAY['superseded_at', 'superseded_by_id'];
        after := after - ARRAY['superseded_at', 'superseded_by_id'];
    END IF;
    IF before IS DISTINCT FROM after THEN
        RAISE EXCEPTION 'a certificate is frozen: it may be revoked once and replaced once'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certificates_end_once BEFORE UPDATE ON certificates_certificate
    FOR EACH ROW EXECUTE FUNCTION certificates_end_once();
"""

# A suspension may be lifted once.
SUSPENSION = """
CREATE FUNCTION certificates_lift_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lifting text[] := ARRAY['period', 'lifted_by_id', 'lifted_because'];
BEGIN
    IF NOT upper_inf(OLD.period)
        OR lower(NEW.period) IS DISTINCT FROM lower(OLD.period)
        OR to_jsonb(OLD) - lifting IS DISTINCT FROM to_jsonb(NEW) - lifting
    THEN
        RAISE EXCEPTION 'a suspension may only be lifted, once'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certificates_lift_once BEFORE UPDATE ON certificates_suspension
    FOR EACH ROW EXECUTE FUNCTION certificates_lift_once();
"""

DROP = """
DROP FUNCTION certificates_check_decision() CASCADE;
DROP TRIGGER certificates_frozen ON certificates_decision;
DROP TRIGGER certificates_frozen ON certificates_print;
DROP TRIGGER certificates_frozen ON certificates_revokedkey;
DROP TRIGGER certificates_kept ON certificates_certificate;
DROP TRIGGER certificates_kept ON certificates_suspension;
DROP FUNCTION certificates_check_certificate() CASCADE;
DROP FUNCTION certificates_end_once() CASCADE;
DROP FUNCTION certificates_lift_once() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0002_status_of_facts"),
        ("core", "0003_append_only"),
    ]

    operations = [
        migrations.RunSQL(
            DECISION + FROZEN + CERTIFICATE + SUSPENSION, reverse_sql=DROP
        )
    ]
