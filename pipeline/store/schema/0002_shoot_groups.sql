-- Which images share one light, and what was solved for it once: linear-light red/green and blue/green of its white.

CREATE TABLE shoot_group (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    name TEXT NOT NULL CHECK (name <> ''),
    red REAL CHECK (red > 0),
    blue REAL CHECK (blue > 0),
    source TEXT NOT NULL CHECK (source IN ('', 'card', 'backdrop')),
    lightness REAL NOT NULL,
    CHECK ((red IS NULL) = (blue IS NULL) AND (red IS NULL) = (source = '')),
    UNIQUE (batch, name)
) STRICT;

CREATE TABLE grouped_image (
    image INTEGER PRIMARY KEY REFERENCES image (id),
    shoot_group INTEGER NOT NULL REFERENCES shoot_group (id)
) STRICT;

CREATE TRIGGER shoot_group_is_never_changed BEFORE UPDATE ON shoot_group
BEGIN SELECT RAISE(ABORT, 'A shoot group is append-only; results were made with it.'); END;
CREATE TRIGGER shoot_group_is_never_removed BEFORE DELETE ON shoot_group
BEGIN SELECT RAISE(ABORT, 'A shoot group is append-only; results were made with it.'); END;
CREATE TRIGGER shoot_group_is_never_replaced BEFORE INSERT ON shoot_group
WHEN EXISTS (SELECT 1 FROM shoot_group WHERE id = NEW.id OR (batch = NEW.batch AND name = NEW.name))
BEGIN SELECT RAISE(ABORT, 'A shoot group is append-only; results were made with it.'); END;
CREATE TRIGGER grouped_image_is_never_changed BEFORE UPDATE ON grouped_image
BEGIN SELECT RAISE(ABORT, 'An image keeps its shoot group; results were made with it.'); END;
CREATE TRIGGER grouped_image_is_never_removed BEFORE DELETE ON grouped_image
BEGIN SELECT RAISE(ABORT, 'An image keeps its shoot group; results were made with it.'); END;
CREATE TRIGGER grouped_image_is_never_replaced BEFORE INSERT ON grouped_image
WHEN EXISTS (SELECT 1 FROM grouped_image WHERE image = NEW.image)
BEGIN SELECT RAISE(ABORT, 'An image keeps its shoot group; results were made with it.'); END;
