/**
 * What a run leaves behind: figures, tables, {@code claims.json} and {@code claims.md}, the
 * decoration of the Allure report, and the gate that decides the build.
 */
package mitosis.report;
