"""The database refuses to change the ledger or histories, and entries that do not add up to zero."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION polls_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER ledgerentry_append_only BEFORE UPDATE OR DELETE ON polls_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION polls_append_only();
CREATE TRIGGER ledgerline_append_only BEFORE UPDATE OR DELETE ON polls_ledgerline
    FOR EACH ROW EXECUTE FUNCTION polls_append_only();

CREATE FUNCTION polls_history_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A deleted account may only take itself out.
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'by_id' IS DISTINCT FROM to_jsonb(OLD) - 'by_id'
        OR (NEW.by_id IS NOT NULL AND NEW.by_id IS DISTINCT FROM OLD.by_id)
    THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER projectmove_append_only BEFORE UPDATE OR DELETE ON polls_projectmove
    FOR EACH ROW EXECUTE FUNCTION polls_history_append_only();
CREATE TRIGGER pollmove_append_only BEFORE UPDATE OR DELETE ON polls_pollmove
    FOR EACH ROW EXECUTE FUNCTION polls_history_append_only();

-- Looked at when the transaction ends, so that the lines of an entry can be written one after the other.
CREATE FUNCTION polls_entry_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry bigint := CASE WHEN TG_TABLE_NAME = 'polls_ledgerline' THEN (to_jsonb(NEW) ->> 'entry_id')::bigint ELSE NEW.id END;
    total bigint;
BEGIN
    SELECT sum(amount_cents) INTO total FROM polls_ledgerline WHERE entry_id = entry;
    IF total IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION 'entry % of the ledger adds up to %', entry, coalesce(total::text, 'nothing')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledgerentry_balanced';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER ledgerline_balanced AFTER INSERT ON polls_ledgerline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION polls_entry_balanced();
CREATE CONSTRAINT TRIGGER ledgerentry_balanced AFTER INSERT ON polls_ledgerentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION polls_entry_balanced();
"""

BACKWARD = """
DROP TRIGGER ledgerentry_balanced ON polls_ledgerentry;
DROP TRIGGER ledgerline_balanced ON polls_ledgerline;
DROP FUNCTION polls_entry_balanced();
DROP TRIGGER pollmove_append_only ON polls_pollmove;
DROP TRIGGER projectmove_append_only ON polls_projectmove;
DROP FUNCTION polls_history_append_only();
DROP TRIGGER ledgerline_append_only ON polls_ledgerline;
DROP TRIGGER ledgerentry_append_only ON polls_ledgerentry;
DROP FUNCTION polls_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("polls", "0001_projects_gifts_ledger_polls")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
