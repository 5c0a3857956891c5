package io.autorecharge.internal.charge;

import io.autorecharge.gateway.CustomerOwner;
import org.jspecify.annotations.Nullable;

/** Whose a customer is, as the provider answered a moment ago. */
record AskedOwner(@Nullable String customer, @Nullable CustomerOwner owner) {
    /** Nothing was asked. */
    static final AskedOwner NONE = new AskedOwner(null, null);

    /** Null when this customer was not asked about. */
    @Nullable
    CustomerOwner of(String other) {
        return other.equals(customer) ? owner : null;
    }
}
