/**
 * What the tests of claims are made of: the annotations that name claim and system, the checks that
 * measure, control and judge, and what the JUnit platform asks for to choose and order tests.
 */
package mitosis.claims.support;
