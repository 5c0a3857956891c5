package io.autorecharge.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/** The library's auto-configuration and no other: for contexts that start often, in a fraction of the time. */
@ImportAutoConfiguration({
    PropertiesAutoConfiguration.class,
    StripeAutoConfiguration.class,
    StoreAutoConfiguration.class,
    AutoRechargeAutoConfiguration.class,
    UnconfiguredAutoConfiguration.class
})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface EnableLibraryOnly {}
