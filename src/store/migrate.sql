-- name: migration_table_exists
-- about: Whether the first migration was applied. The catalogue is the engine's own, hence two texts.
-- slow: SQLite's catalogue has no index, and one row for each table
-- out: found bool
-- rows: exactly_one
-- engine: sqlite
SELECT count(*) AS found FROM sqlite_schema WHERE type = 'table' AND name = 'migration'
-- engine: postgres
SELECT CAST(count(*) AS BIGINT) AS found FROM pg_catalog.pg_class WHERE oid = to_regclass('migration')

-- name: migrations_applied
-- about: The migrations of this database, oldest first.
-- out: number int64, name text, sha256 text
-- rows: many
SELECT number, name, sha256 FROM migration ORDER BY number LIMIT 1000

-- name: migration_record
-- about: Notes a migration as applied.
-- in: number int64, name text, sha256 text, applied_at_ms int64
-- rows: none
INSERT INTO migration (number, name, sha256, applied_at_ms) VALUES (:number, :name, :sha256, :applied_at_ms)
