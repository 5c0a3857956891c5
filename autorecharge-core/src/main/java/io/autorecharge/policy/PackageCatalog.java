package io.autorecharge.policy;

import io.autorecharge.credit.InvalidValueException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The packages on sale: one currency, each size once, smallest first. Immutable. */
public final class PackageCatalog {
    private final List<CreditPackage> packages;

    private PackageCatalog(List<CreditPackage> packages) {
        this.packages = packages;
    }

    /** @throws InvalidValueException when there is none, a size occurs twice, or currencies differ */
    public static PackageCatalog of(CreditPackage... packages) {
        return of(Arrays.asList(packages));
    }

    /** As {@link #of(CreditPackage...)}. */
    public static PackageCatalog of(List<CreditPackage> packages) {
        if (packages.isEmpty()) {
            throw new InvalidValueException("packages", packages, "must have at least one package");
        }
        List<CreditPackage> sorted = packages.stream()
                .sorted(Comparator.comparingInt(CreditPackage::credits))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            CreditPackage one = sorted.get(i - 1);
            CreditPackage next = sorted.get(i);
            if (one.credits() == next.credits()) {
                throw new InvalidValueException("packages", one.credits(), "must have each size once");
            }
            if (!one.price().currency().equals(next.price().currency())) {
                throw new InvalidValueException(
                        "packages", next.price(), "must be in one currency, such as that of " + one.price());
            }
        }
        return new PackageCatalog(sorted);
    }

    /** All packages, smallest first. */
    public List<CreditPackage> all() {
        return packages;
    }

    /** The package of this size; empty when it is not on sale. */
    public Optional<CreditPackage> find(int credits) {
        return packages.stream().filter(p -> p.credits() == credits).findFirst();
    }

    /** @throws InvalidValueException for the field {@code credits} when no package of this size is on sale */
    public CreditPackage require(int credits) {
        return find(credits)
                .orElseThrow(() -> new InvalidValueException("credits", credits, "must be one of " + sizes()));
    }

    /** The sizes on sale, smallest first. */
    public List<Integer> sizes() {
        return packages.stream().map(CreditPackage::credits).toList();
    }

    CreditPackage largest() {
        return packages.get(packages.size() - 1);
    }

    CreditPackage dearest() {
        return packages.stream()
                .max(Comparator.comparing(CreditPackage::price))
                .orElseThrow(IllegalStateException::new);
    }

    @Override
    public String toString() {
        return packages.toString();
    }
}
