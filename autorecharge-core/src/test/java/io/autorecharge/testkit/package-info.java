/** For tests of adapters and hosts: the contracts of the ports as test classes, and stand-ins for what a test must be able to control. */
package io.autorecharge.testkit;
