package io.autorecharge.gateway;

import org.jspecify.annotations.Nullable;

/** The provider could not be asked, or refused. No money moved by the call that threw it. */
public final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean configuration;
    private final boolean customerGone;

    /**
     * @param configuration whether the provider refused us: wrong key, mode or permission
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

    /** The customer that was named does not exist for us: deleted, or of another mode or account. */
    public static GatewayException customerGone(String message) {
        return new GatewayException(false, true, message, null);
    }

    /** Whether the customer that was named cannot be used any more; another one can. */
    public boolean isCustomerGone() {
        return customerGone;
    }

    /** Whether the provider refused us: wrong key, mode or permission. Trying again does not help. */
    public boolean isConfiguration() {
        return configuration;
    }
}
