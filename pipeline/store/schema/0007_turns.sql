-- Who takes the next image finds it at once, however many others are being worked on; the tired have an index of theirs.
CREATE INDEX claim_free ON claim (batch, lease_until, image) WHERE open = 1 AND tries < 3;
