"""The demo: Zorggroep De Linde, its council, and some weeks of what they do in the portal.

Everybody in it is made up. It is filled through the apps' own actions, so it shows nothing that
the portal could not have come to by itself.
"""
