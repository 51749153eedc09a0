/* Addresses and names of what the law states, for pages: permanent, one for each text, article, norm and check. */
#ifndef WEB_LAW_LINKS_H
#define WEB_LAW_LINKS_H

#include "law/procedure.h"
#include "web/visit.h"

struct text law_text_url(struct ctx *ctx, struct text text_id);                         /* /law/18.23 */
struct text law_article_url(struct ctx *ctx, struct text text_id, struct text article); /* /law/18.23/2 */
struct text norm_url(struct ctx *ctx, struct text norm_id);                             /* /law/18.23/2#1.a */
struct text check_url(struct ctx *ctx, struct text check);                              /* /checks/production-licence */
struct text procedure_url(struct ctx *ctx, struct text procedure);
/* Behind the article: "1.a" of "18.23/2/1.a"; the anchor of the norm on its article's page. */
struct text norm_part(struct text norm_id);
/* The statement, or the sentence for its failure, in the reader's language; Arabic where there is none. */
struct text norm_words(const struct ctx *ctx, const struct norm *norm);
struct text norm_failure_words(const struct ctx *ctx, const struct norm *norm);
/* The word of a fact, code, paper or instrument as a label: it begins with a capital where the script has one. */
struct text law_label(struct ctx *ctx, struct text name);
/* What a check is called: its word, or its name with spaces. */
struct text check_title(struct ctx *ctx, struct text check);
/* good, wait, bad or info: the colour of a verdict, whose word says the same. */
struct text verdict_kind(struct text verdict);

#endif
