/** For the Spring Boot tests of hosts: {@link io.autorecharge.spring.testkit.AutoConfigureAutoRechargeSimulator}. */
@NullMarked
package io.autorecharge.spring.testkit;

import org.jspecify.annotations.NullMarked;
