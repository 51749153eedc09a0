/* Words of a capacity and of its basis, in Arabic, French and English, as they are printed under a signature. They are
 * stored with the act, so that what was printed stays what was said. */
#ifndef ACCESS_CAPACITY_WORDS_H
#define ACCESS_CAPACITY_WORDS_H

#include "access/competence.h"

/* Fill words and basis. */
void capacity_words_office(struct arena *arena, const struct appointment *appointment, struct capacity *capacity);
void capacity_words_delegation(struct arena *arena, const struct delegation *delegation, struct capacity *capacity);

#endif
