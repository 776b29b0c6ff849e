"""While two records of a visit are not yet one, nothing that rests on it is decided."""

from django.db import migrations

CHECK = """
CREATE FUNCTION certificates_refuse_unsettled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM inspections_submission AS kept
        WHERE NOT kept.accepted
          AND NOT EXISTS (SELECT FROM inspections_settlement AS s WHERE s.second_id = kept.id)
          AND kept.visit_id IN (
            WITH RECURSIVE chain AS (
                SELECT v.id, v.follow_up_of_id FROM inspections_visit AS v
                    JOIN inspections_submission AS s ON s.visit_id = v.id
                    WHERE s.id = NEW.submission_id
                UNION
                SELECT v.id, v.follow_up_of_id FROM inspections_visit AS v
                    JOIN chain ON chain.follow_up_of_id = v.id)
            SELECT id FROM chain);
    IF FOUND THEN
        RAISE EXCEPTION 'two records of the visit are not settled'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'certificates_decision_settled';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certificates_refuse_unsettled BEFORE INSERT ON certificates_decision
    FOR EACH ROW EXECUTE FUNCTION certificates_refuse_unsettled();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0004_undecided"),
        ("inspections", "0005_two_records_become_one"),
    ]

    operations = [
        migrations.RunSQL(
            CHECK, "DROP FUNCTION certificates_refuse_unsettled() CASCADE"
        )
    ]
