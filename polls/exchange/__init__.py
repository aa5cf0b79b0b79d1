"""Questionnaires from and to other survey systems: LimeSurvey ``.lss`` and XLSForm ``.xlsx``.

A reader turns a file into a ``plan.Plan`` and notes of what could not be carried over; nothing is
written until the whole file has been read. A hostile or broken file raises ``CannotImport``.
"""
