"""What was asked and approved stays as it is; only counts go up. The database sees to it."""

from django.db import migrations

QUIZ = """
CREATE FUNCTION handbooks_check_quiz() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['played', 'closed_at', 'closed_by_id'];
BEGIN
    IF TG_OP = 'DELETE' OR NEW.played < OLD.played
        OR to_jsonb(OLD) - moving IS DISTINCT FROM to_jsonb(NEW) - moving
        OR (OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at)
    THEN
        RAISE EXCEPTION 'a quiz is frozen: it is counted, and closed once'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER handbooks_check_quiz BEFORE UPDATE OR DELETE ON handbooks_quiz
    FOR EACH ROW EXECUTE FUNCTION handbooks_check_quiz();
"""

ITEM = """
CREATE FUNCTION handbooks_check_quizitem() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    counts text[] := ARRAY['known', 'missed'];
BEGIN
    IF TG_OP = 'DELETE' OR NEW.known < OLD.known OR NEW.missed < OLD.missed
        OR to_jsonb(OLD) - counts IS DISTINCT FROM to_jsonb(NEW) - counts
    THEN
        RAISE EXCEPTION 'a question of a quiz is frozen: its answers are counted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER handbooks_check_quizitem BEFORE UPDATE OR DELETE ON handbooks_quizitem
    FOR EACH ROW EXECUTE FUNCTION handbooks_check_quizitem();
"""

QUESTION = """
CREATE FUNCTION handbooks_check_question() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    approval text[] := ARRAY['approved_at', 'approved_by_id', 'is_proposed'];
BEGIN
    IF OLD.approved_at IS NULL THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' OR NEW.approved_at IS NOT NULL
        OR to_jsonb(OLD) - approval IS DISTINCT FROM to_jsonb(NEW) - approval
    THEN
        RAISE EXCEPTION 'an approved answer is frozen until it is taken out'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER handbooks_check_question BEFORE UPDATE OR DELETE ON handbooks_question
    FOR EACH ROW EXECUTE FUNCTION handbooks_check_question();
"""

NAMES = ("quiz", "quizitem", "question")


def drop(name):
    return (
        f"DROP TRIGGER handbooks_check_{name} ON handbooks_{name};"
        f"DROP FUNCTION handbooks_check_{name}();"
    )


class Migration(migrations.Migration):
    dependencies = [("handbooks", "0007_quizzes_and_questions")]

    operations = [
        migrations.RunSQL(made, drop(name))
        for made, name in zip((QUIZ, ITEM, QUESTION), NAMES, strict=True)
    ]
