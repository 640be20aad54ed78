"""realpolitik.compiled"""
