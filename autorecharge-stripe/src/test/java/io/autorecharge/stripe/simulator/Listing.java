package io.autorecharge.stripe.simulator;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** One page of a list, newest first, as in Stripe's API (https://docs.stripe.com/api/pagination). */
final class Listing<T> {

    private final String kind;
    private final Function<T, String> id;
    private final ToLongFunction<T> created;
    private final Function<T, JsonObject> view;

    Listing(String kind, Function<T, String> id, ToLongFunction<T> created, Function<T, JsonObject> view) {
        this.kind = kind;
        this.id = id;
        this.created = created;
        this.view = view;
    }

    JsonObject page(Call call, Stream<T> newestFirst) {
        Params params = call.params();
        long limit = params.integer("limit", 10);
        if (limit < 1 || limit > 100) {
            throw ApiError.parameter(
                    "limit", "parameter_invalid_integer", "Invalid limit: between 1 and 100, not " + limit);
        }
        List<T> after = after(
                params,
                newestFirst
                        .filter(row -> isWanted(params, created.applyAsLong(row)))
                        .toList());
        List<JsonObject> data = after.stream().limit(limit).map(view).toList();
        return new JsonObject()
                .with("object", "list")
                .with("data", data)
                .with("has_more", after.size() > limit)
                .with("url", call.path());
    }

    private List<T> after(Params params, List<T> rows) {
        String last = params.text("starting_after");
        if (last == null) {
            return rows;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (id.apply(rows.get(i)).equals(last)) {
                return rows.subList(i + 1, rows.size());
            }
        }
        throw ApiError.noSuch(kind, "starting_after", last);
    }

    private static boolean isWanted(Params params, long at) {
        return params.integer("created", at) == at
                && at > params.integer("created[gt]", Long.MIN_VALUE)
                && at >= params.integer("created[gte]", Long.MIN_VALUE)
                && at < params.integer("created[lt]", Long.MAX_VALUE)
                && at <= params.integer("created[lte]", Long.MAX_VALUE);
    }
}
