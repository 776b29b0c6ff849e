from django.db import migrations

# The first pack of a planned visit to a house where nothing is open: most of what ever
# arrives, and nothing of what was there before changes. Its rows are written here in one
# statement instead of a dozen. NULL if something was there, or came while it was read: then
# nothing is written and the act of many steps decides (inspections/actions/receiving.py).
TAKE_IN = """
CREATE FUNCTION inspections_take_in(this uuid, sent jsonb, told jsonb)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz := told ->> 'received_at';
    visit record;
    taken bigint;
BEGIN
    SELECT v.house_id, v.received_at, v.withdrawn_at INTO visit
        FROM inspections_visit AS v JOIN registry_house AS h ON h.id = v.house_id
        WHERE v.id = this FOR NO KEY UPDATE OF v, h;
    -- Questions of their own, so that they see what was written before the locks were
    -- ours; and so simple that no statistics lead to another plan than the right one.
    IF visit.received_at IS NOT NULL OR visit.withdrawn_at IS NOT NULL
        OR EXISTS (SELECT FROM inspections_submission AS s WHERE s.visit_id = this)
        OR EXISTS (SELECT FROM inspections_finding AS f
            WHERE f.house_id = visit.house_id AND f.closed_at IS NULL)
    THEN
        RETURN NULL;
    END IF;

    UPDATE inspections_visit
        SET received_at = moment, version_id = (told ->> 'version')::bigint
        WHERE id = this;
    INSERT INTO inspections_submission (visit_id, revision, accepted, document, sha256,
            size, file, receipt, started_at, finished_at, clock_skew_ms, visited_at, flags,
            received_at, sent_by_id)
        VALUES (this, 1, true, sent, told ->> 'sha256', (told ->> 'size')::bigint,
            told ->> 'file', told ->> 'receipt', (told ->> 'started_at')::timestamptz,
            (told ->> 'finished_at')::timestamptz, (told ->> 'clock_skew_ms')::bigint,
            (told ->> 'visited_at')::timestamptz, told -> 'flags', moment,
            (told ->> 'by')::bigint)
        RETURNING id INTO taken;
    IF told ? 'photos' THEN
        INSERT INTO inspections_evidencephoto (id, submission_id, key, room_id, item, sha256,
                "offset", size, small, large, problem)
            SELECT gen_random_uuid(), taken, p.key, p.room, p.item, p.sha256, p."offset",
                p.size, '', '', ''
            FROM jsonb_to_recordset(told -> 'photos') AS p (key uuid, room bigint,
                item text, sha256 text, "offset" bigint, size integer);
    END IF;
    INSERT INTO inspections_roomresult (submission_id, room_id, outcome, overall, security,
            women, blocking, women_count, men_count, children_count)
        SELECT taken, r.room, r.outcome, r.overall, r.security, r.women, r.blocking,
            r.women_count, r.men_count, r.children_count
        FROM jsonb_to_recordset(told -> 'results') AS r (room bigint, outcome text,
            overall smallint, security smallint, women smallint, blocking jsonb,
            women_count smallint, men_count smallint, children_count smallint);
    IF told ? 'findings' THEN
        INSERT INTO inspections_finding (visit_id, submission_id, house_id, room_id, item,
                severity, critical, public_task, due, due_at, opened_at, last_seen_at,
                closed_how, closed_because)
            SELECT this, taken, visit.house_id, f.room, f.item, f.severity, f.critical,
                f.public_task, f.due, f.due_at, moment, moment, '', ''
            FROM jsonb_to_recordset(told -> 'findings') AS f (room bigint, item text,
                severity text, critical boolean, public_task boolean, due jsonb,
                due_at timestamptz);
    END IF;
    INSERT INTO core_event (kind, subject, under, by_id, at, data)
        VALUES ('visit.received', told ->> 'subject', told ->> 'under',
            (told ->> 'by')::bigint, moment, told -> 'data');
    RETURN taken;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_append_only"),
        ("inspections", "0006_uploads_in_parts"),
        ("registry", "0006_words_of_fields"),
    ]

    operations = [
        migrations.RunSQL(
            TAKE_IN, "DROP FUNCTION inspections_take_in(uuid, jsonb, jsonb)"
        )
    ]
