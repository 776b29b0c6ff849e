"""A text to which somebody has agreed can be neither changed nor removed."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_consent_text_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM accounts_consent WHERE text_id = OLD.id) THEN
    RAISE EXCEPTION 'accounts_consenttext % is agreed to: add a new version', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER accounts_consent_text_is_kept
  BEFORE UPDATE OR DELETE ON accounts_consenttext
  FOR EACH ROW EXECUTE FUNCTION accounts_consent_text_is_kept();
"""
BACK = """
DROP TRIGGER accounts_consent_text_is_kept ON accounts_consenttext;
DROP FUNCTION accounts_consent_text_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_first_consent_texts")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
