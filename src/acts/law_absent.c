/* Stands in for src/law until it is built: no corpus, so a root of zeros. */
#include "law/law.h"

struct hash
law_root(const struct law *law)
{
    (void)law;
    return (struct hash){0};
}
