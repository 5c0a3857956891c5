package io.autorecharge.report;

/**
 * What one run over the due accounts did.
 *
 * @param checked accounts that were looked at
 * @param paid recharges that were paid
 * @param held accounts that were left alone, with a reason
 * @param declined recharges that were declined or need the customer
 * @param open recharges whose end is not known yet
 * @param failed accounts whose look broke; they come again
 * @param providerRefused whether the provider refused our key, mode or permission: the run was stopped
 */
public record RunReport(int checked, int paid, int held, int declined, int open, int failed, boolean providerRefused) {
    /** Whether everything that was to be done could be done. */
    public boolean isHealthy() {
        return failed == 0 && !providerRefused;
    }
}
