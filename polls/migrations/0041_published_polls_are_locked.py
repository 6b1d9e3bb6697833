"""The database refuses to publish a poll without its questions, and to change one that is published."""

from django.db import migrations

FORWARD = r"""
CREATE FUNCTION polls_poll_locked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    movable text[] := ARRAY['state', 'retracted_at', 'retraction_en', 'retraction_fr'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            RAISE EXCEPTION 'poll % was published: it stays', OLD.id
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'poll_published_is_locked';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state = 'published' AND to_jsonb(NEW) - movable IS DISTINCT FROM to_jsonb(OLD) - movable THEN
            RAISE EXCEPTION 'poll % is published: retract it first', OLD.id
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'poll_published_is_locked';
        END IF;
        IF OLD.state = 'published' AND NEW.state = 'published'
            AND to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD)
        THEN
            RAISE EXCEPTION 'poll % is published: it can only be retracted', OLD.id
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'poll_published_is_locked';
        END IF;
        IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN
            (('draft', 'published'), ('published', 'retracted'), ('retracted', 'published'))
        THEN
            RAISE EXCEPTION 'poll %: no way from % to %', OLD.id, OLD.state, NEW.state
                USING ERRCODE = 'check_violation', CONSTRAINT = 'poll_moves';
        END IF;
    END IF;
    IF NEW.state = 'published' AND (TG_OP = 'INSERT' OR OLD.state <> 'published') THEN
        PERFORM polls_check_publication(NEW.id, NEW.field_ends_on, NEW.published_at);
    END IF;
    RETURN NEW;
END $$;

-- Questions are rows of their own, which no constraint of the poll's row sees.
CREATE FUNCTION polls_check_publication(poll bigint, field_ends_on date, published_at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    lacking text := '';
BEGIN
    IF EXISTS (
        SELECT FROM polls_pollquestion WHERE poll_id = poll AND (wording_en !~ '\S' OR wording_fr !~ '\S')
    ) THEN
        lacking := 'the wording of a question';
    ELSIF NOT EXISTS (SELECT FROM polls_pollquestion WHERE poll_id = poll AND is_vote_intention) THEN
        lacking := 'the question about the vote';
    ELSIF NOT EXISTS (
        SELECT FROM polls_pollreading JOIN polls_pollquestion ON polls_pollquestion.id = question_id
        WHERE poll_id = poll AND is_vote_intention AND "group" = '' AND party_id IS NOT NULL
    ) THEN
        lacking := 'the shares of the parties';
    -- UTC's day is never behind that of any riding: the gate looks at the riding's own.
    ELSIF field_ends_on > (published_at AT TIME ZONE 'UTC')::date THEN
        lacking := 'the end of the field';
    END IF;
    IF lacking <> '' THEN
        RAISE EXCEPTION 'poll % lacks %', poll, lacking
            USING ERRCODE = 'check_violation', CONSTRAINT = 'poll_published_with_its_questions';
    END IF;
END $$;

CREATE TRIGGER poll_locked BEFORE INSERT OR UPDATE OR DELETE ON polls_poll
    FOR EACH ROW EXECUTE FUNCTION polls_poll_locked();

CREATE FUNCTION polls_refuse_if_published(poll bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    found text;
BEGIN
    -- Waits for whoever publishes at this moment, and is waited for.
    SELECT state INTO found FROM polls_poll WHERE id = poll FOR SHARE;
    IF found = 'published' THEN
        RAISE EXCEPTION 'poll % is published: retract it first', poll
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'poll_published_is_locked';
    END IF;
END $$;

CREATE FUNCTION polls_question_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM polls_refuse_if_published(OLD.poll_id);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM polls_refuse_if_published(NEW.poll_id);
    RETURN NEW;
END $$;

CREATE TRIGGER pollquestion_locked BEFORE INSERT OR UPDATE OR DELETE ON polls_pollquestion
    FOR EACH ROW EXECUTE FUNCTION polls_question_locked();

CREATE FUNCTION polls_reading_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM polls_refuse_if_published(poll_id) FROM polls_pollquestion WHERE id = OLD.question_id;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM polls_refuse_if_published(poll_id) FROM polls_pollquestion WHERE id = NEW.question_id;
    RETURN NEW;
END $$;

CREATE TRIGGER pollreading_locked BEFORE INSERT OR UPDATE OR DELETE ON polls_pollreading
    FOR EACH ROW EXECUTE FUNCTION polls_reading_locked();
"""

BACKWARD = """
DROP TRIGGER pollreading_locked ON polls_pollreading;
DROP FUNCTION polls_reading_locked();
DROP TRIGGER pollquestion_locked ON polls_pollquestion;
DROP FUNCTION polls_question_locked();
DROP FUNCTION polls_refuse_if_published(bigint);
DROP TRIGGER poll_locked ON polls_poll;
DROP FUNCTION polls_poll_locked();
DROP FUNCTION polls_check_publication(bigint, date, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("polls", "0040_facts_and_mails_of_publication")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
