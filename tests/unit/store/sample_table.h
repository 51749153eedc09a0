/* The table of sample.sql. */
#ifndef TESTS_STORE_SAMPLE_TABLE_H
#define TESTS_STORE_SAMPLE_TABLE_H

#include "place.h"

static inline void
sample_table(struct place *place)
{
    const char *const sql[STORE_ENGINES] = {
        [STORE_SQLITE] =
            "CREATE TABLE sample (id INTEGER PRIMARY KEY, word TEXT NOT NULL, note TEXT, paid INTEGER NOT NULL,"
            " due INTEGER, flag INTEGER NOT NULL, day TEXT NOT NULL, end_day TEXT, hash BLOB NOT NULL,"
            " seal BLOB, data BLOB NOT NULL, extra BLOB, count INTEGER) STRICT",
        [STORE_POSTGRES] =
            "CREATE TABLE sample (id BIGINT PRIMARY KEY, word TEXT NOT NULL, note TEXT, paid BIGINT NOT NULL,"
            " due BIGINT, flag BIGINT NOT NULL, day TEXT NOT NULL, end_day TEXT, hash BYTEA NOT NULL,"
            " seal BYTEA, data BYTEA NOT NULL, extra BYTEA, count BIGINT)",
    };
    place_script(place, sql[store_engine(place->store)]);
}

#endif
