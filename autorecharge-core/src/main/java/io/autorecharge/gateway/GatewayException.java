package io.autorecharge.gateway;

import org.jspecify.annotations.Nullable;

/** The provider could not be asked, or refused. No money moved by the call that threw it. */
public final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean configuration;

    /**
     * @param configuration whether the provider refused us: wrong key, mode or permission
     * @param message for operators; ids, no secrets
     */
    public GatewayException(boolean configuration, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.configuration = configuration;
    }

    /** Whether the provider refused us: wrong key, mode or permission. Trying again does not help. */
    public boolean isConfiguration() {
        return configuration;
    }
}
