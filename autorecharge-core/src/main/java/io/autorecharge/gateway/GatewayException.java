package io.autorecharge.gateway;

import org.jspecify.annotations.Nullable;

/** The provider could not be reached, or refused the request. The call that threw it moved no money. */
public final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean configuration;
    private final boolean customerGone;

    /**
     * @param configuration whether the provider refused the host's configuration: wrong key, mode or permission
     * @param message for operators; ids, no secrets
     */
    public GatewayException(boolean configuration, String message, @Nullable Throwable cause) {
        this(configuration, false, message, cause);
    }

    private GatewayException(boolean configuration, boolean customerGone, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.configuration = configuration;
        this.customerGone = customerGone;
    }

    /** The customer in the request does not exist: deleted, or of another mode or Stripe account. */
    public static GatewayException customerGone(String message) {
        return new GatewayException(false, true, message, null);
    }

    /** Whether the customer in the request can no longer be used; another one can. */
    public boolean isCustomerGone() {
        return customerGone;
    }

    /** Whether the provider refused the host's configuration: wrong key, mode or permission. A retry does not help. */
    public boolean isConfiguration() {
        return configuration;
    }
}
