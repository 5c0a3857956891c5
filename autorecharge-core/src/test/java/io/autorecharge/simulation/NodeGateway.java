package io.autorecharge.simulation;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.gateway.ProviderClock;
import io.autorecharge.gateway.SetupRequest;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A node's connection to the provider, which loses requests and answers. */
final class NodeGateway implements Gateway, CheckoutGateway, ProviderClock {
    private final World world;
    private final PortCalls calls;
    private boolean asked;

    NodeGateway(World world, PortCalls calls) {
        this.world = world;
        this.calls = calls;
    }

    @Override
    public Outcome charge(ChargeRequest request) {
        Fault fault = calls.before(Call.CHARGE, "charge");
        world.sent(request);
        if (fault == Fault.NEVER_ARRIVES) {
            return new Outcome.Unknown("connection reset");
        }
        if (fault == Fault.ARRIVES_LATE || world.isLate()) {
            world.arrivesLate(() -> world.provider.charge(request));
            return new Outcome.Unknown("read timed out");
        }
        // An adapter answers a refusal of an attempt in doubt with "unknown"; the protocol must not depend on that.
        if (fault == Fault.REFUSED || fault == Fault.REFUSED_AFTER_TAKE_OVER) {
            return new Outcome.NotSubmitted(Reason.BUSY, "429");
        }
        if (fault == Fault.MISCONFIGURED) {
            return new Outcome.NotSubmitted(Reason.CONFIGURATION, "401");
        }
        if (isOwnError(fault) && !world.provider.remembers(request.attempt())) {
            world.provider.storeErrorNext(fault == Fault.ERROR_AFTER_CAPTURE);
        }
        Outcome answer = world.provider.charge(request);
        calls.after(Call.CHARGE, "charge", fault);
        return fault == Fault.ANSWER_LOST ? new Outcome.Unknown("read timed out") : answer;
    }

    private static boolean isOwnError(@Nullable Fault fault) {
        return fault == Fault.ERROR_AFTER_CAPTURE || fault == Fault.ERROR_INSTEAD_OF_CAPTURE;
    }

    @Override
    public LookUp lookUp(ChargeRequest request) {
        Fault fault = calls.before(Call.LOOK_UP, "lookUp");
        if (fault == Fault.NEVER_ARRIVES || fault == Fault.MISCONFIGURED) {
            return new LookUp.Failed(fault == Fault.MISCONFIGURED, "no list");
        }
        LookUp answer = world.provider.lookUp(request);
        calls.after(Call.LOOK_UP, "lookUp", fault);
        return answer;
    }

    @Override
    public CustomerOwner stampCustomer(String customerId, InstallationId installation) {
        return calls.run(Call.CHECKOUT, "stampCustomer", () -> world.provider.stampCustomer(customerId, installation));
    }

    @Override
    public KeyMode mode() {
        return world.provider.mode();
    }

    @Override
    public Optional<Instant> providerTime() {
        return asked ? Optional.of(world.time.instant()) : Optional.empty();
    }

    @Override
    public Optional<Instant> askProviderTime() {
        asked = true;
        return providerTime();
    }

    @Override
    public Money minimumCharge(Currency currency) {
        return world.provider.minimumCharge(currency);
    }

    @Override
    public Money maximumCharge(Currency currency) {
        return world.provider.maximumCharge(currency);
    }

    @Override
    public String createCustomer(AccountId account, InstallationId installation, @Nullable String email) {
        return calls.run(
                Call.CHECKOUT, "createCustomer", () -> world.checkouts.createCustomer(account, installation, email));
    }

    @Override
    public String replaceCustomer(AccountId account, InstallationId installation, String gone, @Nullable String email) {
        return calls.run(
                Call.CHECKOUT,
                "replaceCustomer",
                () -> world.checkouts.replaceCustomer(account, installation, gone, email));
    }

    @Override
    public CheckoutSession createSession(CheckoutRequest request) {
        return calls.run(Call.CHECKOUT, "createSession", () -> world.checkouts.createSession(request));
    }

    @Override
    public CheckoutSession createSetup(SetupRequest request) {
        return calls.run(Call.CHECKOUT, "createSetup", () -> world.checkouts.createSetup(request));
    }

    @Override
    public CheckoutOutcome lookUp(String sessionId) {
        return calls.run(Call.CHECKOUT, "lookUp session", () -> world.checkouts.lookUp(sessionId));
    }

    @Override
    public CheckoutOutcome closeSession(String sessionId) {
        return calls.run(Call.CHECKOUT, "closeSession", () -> world.checkouts.closeSession(sessionId));
    }
}
