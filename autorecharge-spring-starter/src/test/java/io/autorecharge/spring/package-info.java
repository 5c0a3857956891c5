/** Tests of the starter, on whichever line of Spring Boot is on the class path. */
package io.autorecharge.spring;
