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

-- name: document_rows_loose
-- about: Papers stored before an instant that no draft, no act and no issued paper names.
-- in: before_ms int64, limit int64
-- out: sha256 hash
-- rows: many
SELECT d.sha256 FROM document AS d
WHERE d.stored_at_ms < :before_ms
    AND NOT EXISTS (SELECT 1 FROM draft_document AS r WHERE r.sha256 = d.sha256)
    AND NOT EXISTS (SELECT 1 FROM act_document AS a WHERE a.sha256 = d.sha256)
    AND NOT EXISTS (SELECT 1 FROM issued_paper AS i WHERE i.sha256 = d.sha256)
ORDER BY d.stored_at_ms LIMIT :limit

-- name: document_delete
-- about: Forgets a paper.
-- in: sha256 hash
-- rows: none
DELETE FROM document WHERE sha256 = :sha256
