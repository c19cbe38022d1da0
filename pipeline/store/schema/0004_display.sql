-- In whose colours a decision was made: beginning of the SHA-256 of the monitor's ICC profile, '' where none was known.
-- A decision without a row was not made on a screen, or before this was kept.
CREATE TABLE display (
    decision INTEGER PRIMARY KEY REFERENCES decision (id),
    profile TEXT NOT NULL
) STRICT;
CREATE TRIGGER display_is_never_changed BEFORE UPDATE ON display
BEGIN SELECT RAISE(ABORT, 'The display of a decision stays on record.'); END;
CREATE TRIGGER display_is_never_removed BEFORE DELETE ON display
BEGIN SELECT RAISE(ABORT, 'The display of a decision stays on record.'); END;
CREATE TRIGGER display_is_never_replaced BEFORE INSERT ON display
WHEN EXISTS (SELECT 1 FROM display WHERE decision = NEW.decision)
BEGIN SELECT RAISE(ABORT, 'The display of a decision stays on record.'); END;
