-- include: "office/measure.h"

-- name: issued_paper_insert
-- about: A paper that was issued, its bytes among the documents.
-- in: id int64, kind text, lang text, act int64, dossier dossier_id null, instrument instrument_id null, sha256 hash
-- in: size int64, issued_at_ms int64, issued_by text
-- rows: none
INSERT INTO issued_paper (id, kind, lang, act, dossier, instrument, sha256, size, issued_at_ms, issued_by)
VALUES (:id, :kind, :lang, :act, :dossier, :instrument, :sha256, :size, :issued_at_ms, :issued_by)

-- name: issued_paper_rows
-- about: Papers issued for an act, the newest first within a kind and language.
-- in: act int64
-- out: id int64, kind text, lang text, sha256 hash, size int64, issued_at_ms int64
-- rows: many
SELECT id, kind, lang, sha256, size, issued_at_ms FROM issued_paper
WHERE act = :act ORDER BY kind, lang, id DESC LIMIT 200
