package io.autorecharge.examples.demo;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** The API's answers to requests without a login (401) or without permission (403), as problem details (RFC 9457). */
@Component
final class ApiProblems implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final String PROBLEM = """
            {"type":"about:blank","title":"%s","status":%s,"detail":"%s"}""";

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException authenticationFailed)
            throws IOException {
        response.setHeader("WWW-Authenticate", "Basic realm=\"autorecharge demo\", charset=\"UTF-8\"");
        write(
                response,
                HttpStatus.UNAUTHORIZED,
                "Sign in with HTTP Basic, for instance as alice with the password alice.");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        write(response, HttpStatus.FORBIDDEN, "This account may not do that.");
    }

    private static void write(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        response.setStatus(status.value());
        response.setContentType("application/problem+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(PROBLEM.formatted(status.getReasonPhrase(), status.value(), detail));
    }
}
