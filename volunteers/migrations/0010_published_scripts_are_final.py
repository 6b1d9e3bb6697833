"""What was published of a script refuses changes: attempts and the register of scripts point at it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION volunteers_script_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    -- Only that it is no longer in use may still be noted, once.
    IF TG_OP = 'DELETE' OR (OLD.retired_at IS NOT NULL AND NEW.retired_at IS DISTINCT FROM OLD.retired_at)
        OR (NEW.id, NEW.script_id, NEW.version, NEW.opening_en, NEW.opening_fr, NEW.content_hash, NEW.created_at,
            NEW.published_at)
        IS DISTINCT FROM
        (OLD.id, OLD.script_id, OLD.version, OLD.opening_en, OLD.opening_fr, OLD.content_hash, OLD.created_at,
            OLD.published_at)
    THEN
        RAISE EXCEPTION 'a published script is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER scriptversion_final BEFORE UPDATE OR DELETE ON volunteers_scriptversion
    FOR EACH ROW EXECUTE FUNCTION volunteers_script_final();

CREATE FUNCTION volunteers_script_parts_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part record;
    published timestamptz;
BEGIN
    -- Rows that are put elsewhere are looked at where they come from and where they go to.
    FOR part IN SELECT * FROM (VALUES ('OLD'), ('NEW')) AS sides (side) LOOP
        CONTINUE WHEN (part.side = 'OLD' AND TG_OP = 'INSERT') OR (part.side = 'NEW' AND TG_OP = 'DELETE');
        -- FOR SHARE: a version that is being published at this moment is waited for.
        IF TG_TABLE_NAME = 'volunteers_scriptquestion' THEN
            SELECT published_at INTO published FROM volunteers_scriptversion
                WHERE id = CASE part.side WHEN 'OLD' THEN OLD.version_id ELSE NEW.version_id END FOR SHARE;
        ELSE
            SELECT v.published_at INTO published FROM volunteers_scriptversion v
                JOIN volunteers_scriptquestion q ON q.version_id = v.id
                WHERE q.id = CASE part.side WHEN 'OLD' THEN OLD.question_id ELSE NEW.question_id END
                FOR SHARE OF v;
        END IF;
        IF published IS NOT NULL THEN
            RAISE EXCEPTION 'a published script is never changed' USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER scriptquestion_final BEFORE INSERT OR UPDATE OR DELETE ON volunteers_scriptquestion
    FOR EACH ROW EXECUTE FUNCTION volunteers_script_parts_final();
CREATE TRIGGER scriptoption_final BEFORE INSERT OR UPDATE OR DELETE ON volunteers_scriptoption
    FOR EACH ROW EXECUTE FUNCTION volunteers_script_parts_final();
"""

BACKWARD = """
DROP TRIGGER scriptoption_final ON volunteers_scriptoption;
DROP TRIGGER scriptquestion_final ON volunteers_scriptquestion;
DROP FUNCTION volunteers_script_parts_final();
DROP TRIGGER scriptversion_final ON volunteers_scriptversion;
DROP FUNCTION volunteers_script_final();
"""


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0009_desk_facts_filing_help")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
