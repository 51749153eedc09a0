/* The demonstration's time, chance, and who acts. */
#include <assert.h>
#include <stdio.h>

#include "app/demo.h"
#include "base/legal_time.h"

enum { DAY_MS = 86400000, MINUTE_MS = 60000, OPENS = 9, CLOSES = 16 };

int64_t
demo_die(struct demo *demo, int64_t sides)
{
    assert(sides > 0);
    uint64_t drawn = 0;
    demo->dice.world.random(&demo->dice.world, &drawn, sizeof drawn);
    return (int64_t)(drawn % (uint64_t)sides);
}

int64_t
demo_at(struct date day, int hour, int minute)
{
    const int64_t utc = (int64_t)day.days * DAY_MS + ((int64_t)hour * 60 + minute) * MINUTE_MS;
    return utc - (int64_t)legal_offset_minutes(utc) * MINUTE_MS;
}

int64_t
demo_later(struct demo *demo, int64_t at_ms, int from, int to)
{
    struct date day = legal_day(at_ms);
    int64_t days = from + demo_die(demo, to - from + 1);
    if (days == 0) {
        const int64_t soon = at_ms + (5 + demo_die(demo, 40)) * MINUTE_MS;
        if (soon < demo_at(day, CLOSES + 1, 0)) {
            return soon;
        }
        days = 1;
    }
    while (days > 0) {
        day.days++;
        days -= date_weekday(day) < 6;
    }
    return demo_at(day, OPENS + (int)demo_die(demo, CLOSES - OPENS), (int)demo_die(demo, 60)) + demo_die(demo, 60000);
}

void
demo_set_clock(struct demo *demo, struct ctx *ctx, int64_t at_ms)
{
    assert(at_ms >= demo->world.at_ms);
    demo->world.at_ms = at_ms;
    ctx->today = legal_day(at_ms);
}

void
demo_as(struct demo *demo, struct ctx *ctx, const struct demo_person *person, struct party_id party)
{
    demo->user = (struct user){.account = person->account,
                               .name = person->name.ar,
                               .email = person->email,
                               .roles = person->roles | ROLE_PUBLIC | ROLE_SIGNED_IN,
                               .party = party,
                               .second_factor = true,
                               .has_second_factor = true,
                               .stepped_up_until_ms = demo->world.at_ms + MINUTE_MS};
    ctx->user = &demo->user;
    const int len = snprintf(demo->actor, sizeof demo->actor, "user:%lld", (long long)person->account.value);
    assert(len > 0 && (size_t)len < sizeof demo->actor);
    ctx->actor = text_of(demo->actor);
}

void
demo_as_system(struct ctx *ctx)
{
    ctx->user = NULL;
    ctx->actor = TEXT("");
}
