-- Possible infractions (flag.c).

-- name: screening_flag_add
-- about: Adds tickets to a flag of a screening, which it opens if need be.
-- in: screening int64, kind text, norm text, tickets int64, opened_on date
-- rows: none
INSERT INTO screening_flag (screening, kind, norm, tickets, opened_on)
VALUES (:screening, :kind, :norm, :tickets, :opened_on)
ON CONFLICT (screening, kind, norm) DO UPDATE SET tickets = screening_flag.tickets + excluded.tickets

-- name: screening_flag_judge
-- about: What an agent said of a flag; act 0 opens it again.
-- in: screening int64, kind text, norm text, closed_act int64 null, reason text
-- rows: changed
UPDATE screening_flag SET closed_act = :closed_act, reason = :reason
WHERE screening = :screening AND kind = :kind AND norm = :norm

-- name: screening_flags_of
-- about: The flags of a screening.
-- in: screening int64
-- out: kind text, norm text, tickets int64, opened_on date, closed_act int64 null, reason text null
-- rows: many
SELECT kind, norm, tickets, opened_on, closed_act, reason FROM screening_flag WHERE screening = :screening
ORDER BY kind, norm LIMIT 100

-- name: screening_flags_open
-- about: Flags that nobody closed, newest first.
-- in: limit int64
-- out: screening int64, kind text, norm text, tickets int64, opened_on date, code text, start_tenths int64
-- rows: many
SELECT screening_flag.screening AS screening, screening_flag.kind AS kind, screening_flag.norm AS norm,
    screening_flag.tickets AS tickets, screening_flag.opened_on AS opened_on, screen.code AS code,
    screening.start_tenths AS start_tenths
FROM screening_flag JOIN screening ON screening.id = screening_flag.screening JOIN screen ON screen.id = screening.screen
WHERE screening_flag.closed_act IS NULL
ORDER BY screening_flag.opened_on DESC, screening_flag.screening DESC LIMIT :limit

-- name: screening_net
-- about: Tickets of a screening that are sold and not cancelled.
-- in: screening int64
-- out: net int64
-- rows: exactly_one
SELECT CAST(coalesce(sum(sold - cancelled), 0) AS BIGINT) AS net FROM screening_count WHERE screening = :screening

-- name: screening_tariff_family
-- about: The family of a tariff of a screening.
-- in: screening int64, code text
-- out: family text
-- rows: one
SELECT family FROM screening_tariff WHERE screening = :screening AND code = :code

-- name: screen_licence
-- about: The cinema of a screen, and the number of its licence.
-- in: screen int64
-- out: cinema int64, licence text null
-- rows: one
SELECT cinema.id AS cinema, cinema.licence AS licence FROM screen JOIN cinema ON cinema.id = screen.cinema
WHERE screen.id = :screen
