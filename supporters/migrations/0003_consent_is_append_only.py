"""The consent ledger refuses changes."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION supporters_consent_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'consent events are never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    -- Erasure and forgetting may only empty columns.
    IF (NEW.id, NEW.address_hash, NEW.purpose, NEW.decision, NEW.wording_id, NEW.language, NEW.method, NEW.page, NEW.at)
        IS DISTINCT FROM
        (OLD.id, OLD.address_hash, OLD.purpose, OLD.decision, OLD.wording_id, OLD.language, OLD.method, OLD.page, OLD.at)
        OR (NEW.supporter_id IS NOT NULL AND NEW.supporter_id IS DISTINCT FROM OLD.supporter_id)
        OR (NEW.staff_id IS NOT NULL AND NEW.staff_id IS DISTINCT FROM OLD.staff_id)
        OR (NEW.origin <> '' AND NEW.origin <> OLD.origin)
        OR (NEW.user_agent <> '' AND NEW.user_agent <> OLD.user_agent)
    THEN
        RAISE EXCEPTION 'consent events are never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER consent_append_only BEFORE UPDATE OR DELETE ON supporters_consentevent
    FOR EACH ROW EXECUTE FUNCTION supporters_consent_append_only();
"""

BACKWARD = """
DROP TRIGGER consent_append_only ON supporters_consentevent;
DROP FUNCTION supporters_consent_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("supporters", "0002_people_consent_mail")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
