package io.autorecharge.policy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The packages that are on sale: one currency, each size once, smallest first. Immutable. */
public final class PackageCatalog {
    private final List<CreditPackage> packages;

    private PackageCatalog(List<CreditPackage> packages) {
        this.packages = packages;
    }

    /** @throws IllegalArgumentException when there is none, a size stands twice, or currencies differ */
    public static PackageCatalog of(CreditPackage... packages) {
        return of(Arrays.asList(packages));
    }

    /** As {@link #of(CreditPackage...)}. */
    public static PackageCatalog of(List<CreditPackage> packages) {
        if (packages.isEmpty()) {
            throw new IllegalArgumentException("packages is empty: at least one package must be on sale");
        }
        List<CreditPackage> sorted = packages.stream()
                .sorted(Comparator.comparingInt(CreditPackage::credits))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            CreditPackage one = sorted.get(i - 1);
            CreditPackage next = sorted.get(i);
            if (one.credits() == next.credits()) {
                throw new IllegalArgumentException("packages hold the size " + one.credits() + " twice");
            }
            if (!one.price().currency().equals(next.price().currency())) {
                throw new IllegalArgumentException(
                        "packages differ in currency: " + one.price() + " and " + next.price());
            }
        }
        return new PackageCatalog(sorted);
    }

    /** All packages, smallest first. */
    public List<CreditPackage> all() {
        return packages;
    }

    /** The package of this size, if it is on sale. */
    public Optional<CreditPackage> find(int credits) {
        return packages.stream().filter(p -> p.credits() == credits).findFirst();
    }

    /** @throws IllegalArgumentException naming the field, the value and the sizes on sale */
    public CreditPackage require(int credits) {
        return find(credits)
                .orElseThrow(() -> new IllegalArgumentException("credits must be one of " + sizes() + ": " + credits));
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

    CreditPackage cheapest() {
        return packages.stream()
                .min(Comparator.comparing(CreditPackage::price))
                .orElseThrow(IllegalStateException::new);
    }

    @Override
    public String toString() {
        return packages.toString();
    }
}
