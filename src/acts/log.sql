-- The log over the acts: hashes of its tiles, what was published, and its origins.

-- name: log_node_insert
-- about: Adds the hash of a full tile.
-- in: level int64, place int64, hash hash
-- rows: none
INSERT INTO log_node (level, place, hash) VALUES (:level, :place, :hash)

-- name: log_node_rows
-- about: Hashes of a level from a place on.
-- in: level int64, from_place int64, limit int64
-- out: place int64, hash hash
-- rows: many
SELECT place, hash FROM log_node WHERE level = :level AND place >= :from_place ORDER BY place LIMIT :limit

-- name: log_checkpoint_keep
-- about: Keeps a checkpoint that was published.
-- in: origin text, size int64, root hash, note text
-- rows: none
INSERT INTO log_checkpoint (origin, size, root, note) VALUES (:origin, :size, :root, :note)
ON CONFLICT (origin, size) DO NOTHING

-- name: log_checkpoint_rows
-- about: Kept checkpoints of an origin, behind a size.
-- in: origin text, after int64, limit int64
-- out: size int64, root hash, note text
-- rows: many
SELECT size, root, note FROM log_checkpoint WHERE origin = :origin AND size > :after ORDER BY size LIMIT :limit

-- name: log_origin_insert
-- about: Begins an origin.
-- in: act int64, name text, verifier_key text, ended_size int64, ended_root text null
-- rows: none
INSERT INTO log_origin (act, name, verifier_key, ended_size, ended_root)
VALUES (:act, :name, :verifier_key, :ended_size, :ended_root)

-- name: log_origin_last
-- about: The origin of the log now.
-- out: act int64, name text, verifier_key text, ended_size int64, ended_root text null
-- rows: one
SELECT act, name, verifier_key, ended_size, ended_root FROM log_origin ORDER BY act DESC LIMIT 1

-- name: log_origin_rows
-- about: All origins, oldest first.
-- out: act int64, name text, verifier_key text, ended_size int64, ended_root text null
-- rows: many
SELECT act, name, verifier_key, ended_size, ended_root FROM log_origin ORDER BY act LIMIT 1000
