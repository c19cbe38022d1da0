-- What an image is called by was corrected: its SKU, ASIN, GTIN or the angle it is seen from.
CREATE TABLE naming (
    id INTEGER PRIMARY KEY,
    image INTEGER NOT NULL REFERENCES image (id),
    field TEXT NOT NULL CHECK (field IN ('sku', 'asin', 'gtin', 'angle')),
    was TEXT NOT NULL,
    became TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    CHECK (became <> was)
) STRICT;
CREATE INDEX naming_of_image ON naming (image, id);
CREATE TRIGGER naming_is_never_changed BEFORE UPDATE ON naming
BEGIN SELECT RAISE(ABORT, 'A corrected name is append-only; nothing recorded is ever changed.'); END;
CREATE TRIGGER naming_is_never_removed BEFORE DELETE ON naming
BEGIN SELECT RAISE(ABORT, 'A corrected name is append-only; nothing recorded is ever removed.'); END;
CREATE TRIGGER naming_is_never_replaced BEFORE INSERT ON naming
WHEN EXISTS (SELECT 1 FROM naming WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'A corrected name is append-only; nothing recorded is ever replaced.'); END;
