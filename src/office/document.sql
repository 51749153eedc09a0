-- include: "registry/instrument.h"

-- name: document_insert
-- about: A paper that is on disk.
-- in: sha256 hash, media text, size int64, stored_at_ms int64
-- rows: none
INSERT INTO document (sha256, media, size, stored_at_ms) VALUES (:sha256, :media, :size, :stored_at_ms)
ON CONFLICT (sha256) DO NOTHING

-- name: document_row
-- about: A paper by its content.
-- in: sha256 hash
-- out: media text, size int64
-- rows: one
SELECT media, size FROM document WHERE sha256 = :sha256
