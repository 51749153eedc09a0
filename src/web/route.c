#include "web/route.h"

#include <string.h>

const struct route *
route_find(struct http_request *request, bool *ret_other)
{
    *ret_other = false;
    const enum http_method method = request->method == HTTP_HEAD ? HTTP_GET : request->method;
    for (size_t i = 0; i < route_lists_count; i++) {
        for (const struct route *route = route_lists[i]; route->pattern != NULL; route++) {
            if (route->method == method && http_match(request, route->pattern)) {
                return route;
            }
        }
    }
    for (size_t i = 0; i < route_lists_count; i++) {
        for (const struct route *route = route_lists[i]; route->pattern != NULL; route++) {
            *ret_other = *ret_other || http_match(request, route->pattern);
        }
    }
    return NULL;
}

bool
route_exists(const char *pattern)
{
    for (size_t i = 0; i < route_lists_count; i++) {
        for (const struct route *route = route_lists[i]; route->pattern != NULL; route++) {
            if (route->method == HTTP_GET && strcmp(route->pattern, pattern) == 0) {
                return true;
            }
        }
    }
    return false;
}

const char *
route_fault(const struct route *route)
{
    if (route->roles == 0) {
        return "nobody may: roles are missing";
    }
    if (route->handler == NULL || route->name == NULL || route->pattern[0] != '/') {
        return "handler, name or pattern is missing";
    }
    if (route->method != HTTP_GET && route->method != HTTP_POST) {
        return "a row answers GET or POST";
    }
    if (route->method == HTTP_POST && route->tx != TX_WRITE) {
        return "a POST row writes";
    }
    if (route->method == HTTP_GET && route->tx == TX_WRITE) {
        return "a GET row does not write";
    }
    if (route->tx == 0 && route->roles != ROLE_PUBLIC) {
        return "without transaction nobody is looked up, so everybody may";
    }
    if (route->prepare != NULL && route->tx != TX_WRITE) {
        return "prepare is for rows that write";
    }
    return NULL;
}
