"""realpolitik.claims"""
