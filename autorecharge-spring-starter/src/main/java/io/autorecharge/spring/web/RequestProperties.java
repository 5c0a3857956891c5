package io.autorecharge.spring.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Requests to the endpoints.
 *
 * @param perMinute Number of requests that one account may send to the endpoints per minute, per node. More are answered with 429.
 */
@ConfigurationProperties("autorecharge.requests")
record RequestProperties(@DefaultValue("120") int perMinute) {}
