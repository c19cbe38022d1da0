-- Words that SQLite has and PostgreSQL has not, so that one set of statements serves both.

-- '$.score.total' and '$[0]' as PostgreSQL's path of keys.
CREATE OR REPLACE FUNCTION json_path(path TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN string_to_array(ltrim(regexp_replace(substr(path, 2), '\[(\d+)\]', '.\1', 'g'), '.'), '.');

CREATE OR REPLACE FUNCTION json_extract(document TEXT, path TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN document::json #>> json_path(path);

CREATE OR REPLACE FUNCTION json_true(document TEXT, path TEXT) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN document::json #>> json_path(path) = 'true';

CREATE OR REPLACE FUNCTION json_each(document TEXT) RETURNS TABLE (value TEXT) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
'SELECT e.value FROM json_array_elements_text(document::json) AS e';

CREATE OR REPLACE FUNCTION json_each(document TEXT, path TEXT) RETURNS TABLE (value TEXT) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
'SELECT e.value FROM json_array_elements_text(document::json #> json_path(path)) AS e';

CREATE OR REPLACE FUNCTION json_valid(document TEXT) RETURNS BOOLEAN LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS
$$ BEGIN PERFORM document::json; RETURN TRUE; EXCEPTION WHEN data_exception THEN RETURN FALSE; END $$;

CREATE OR REPLACE FUNCTION json_set(document TEXT, path TEXT, value TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN jsonb_set(document::jsonb, json_path(path), to_jsonb(value))::text;

CREATE OR REPLACE FUNCTION json_append(list JSONB, value TEXT) RETURNS JSONB LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN list || jsonb_build_array(value);
CREATE OR REPLACE FUNCTION json_as_text(list JSONB) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN list::text;
CREATE OR REPLACE AGGREGATE json_group_array (TEXT) (SFUNC = json_append, STYPE = JSONB, INITCOND = '[]', FINALFUNC = json_as_text);

-- How many are true; a comparison is a number in SQLite.
CREATE OR REPLACE FUNCTION count_true(so_far BIGINT, value BOOLEAN) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN value IS NULL THEN so_far ELSE coalesce(so_far, 0) + value::int END;
CREATE OR REPLACE AGGREGATE sum (BOOLEAN) (SFUNC = count_true, STYPE = BIGINT);

-- The greatest of numbers written as text, as json_extract gives them.
CREATE OR REPLACE FUNCTION greater_number(so_far DOUBLE PRECISION, value TEXT) RETURNS DOUBLE PRECISION
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN greatest(so_far, value::double precision);
CREATE OR REPLACE AGGREGATE max_number (TEXT) (SFUNC = greater_number, STYPE = DOUBLE PRECISION);

CREATE OR REPLACE FUNCTION iif(condition BOOLEAN, yes TEXT, no TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN condition THEN yes ELSE no END;
CREATE OR REPLACE FUNCTION iif(condition BIGINT, yes TEXT, no TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN condition <> 0 THEN yes ELSE no END;

-- CAST to INTEGER cuts off, it does not round.
CREATE OR REPLACE FUNCTION to_integer(value TEXT) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN value::bigint;
CREATE OR REPLACE FUNCTION to_integer(value BIGINT) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN value;
CREATE OR REPLACE FUNCTION to_integer(value DOUBLE PRECISION) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN trunc(value)::bigint;

-- Days since the beginning of the Julian period; now by the server's clock, which all machines of a team share.
CREATE OR REPLACE FUNCTION julianday(moment TEXT) RETURNS DOUBLE PRECISION LANGUAGE sql VOLATILE
RETURN CASE moment
    WHEN 'now' THEN extract(epoch FROM clock_timestamp())::double precision / 86400 + 2440587.5
    ELSE extract(julian FROM moment::date)::double precision - 0.5
END;

-- The day itself where it is one, NULL where it is not.
CREATE OR REPLACE FUNCTION to_day(day TEXT) RETURNS TEXT LANGUAGE plpgsql IMMUTABLE AS
$$ BEGIN RETURN to_char(day::date, 'YYYY-MM-DD'); EXCEPTION WHEN data_exception THEN RETURN NULL; END $$;
